ALTER TABLE clerks
  ADD COLUMN must_change_password BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'sensitive: no - the password was given by somebody else'
