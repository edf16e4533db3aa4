ALTER TABLE administrative_acts
  MODIFY COLUMN account VARCHAR(4000) NULL COMMENT 'sensitive: staff - JSON: login, name, role, scope of an account to be made; issuer, subject of an account at the identity provider to be linked'
