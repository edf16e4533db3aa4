CREATE TABLE administrative_acts (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - add-clerk, reset-password, let-in-again',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - whose account it is about; null before add-clerk is done',
  account VARCHAR(4000) NULL COMMENT 'sensitive: staff - JSON: login, name, role, scope of an account to be made',
  state VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - proposed, done, withdrawn',
  proposer CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  proposed_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  effective_at DATETIME(3) NULL COMMENT 'sensitive: no - from then on the proposer may approve it, being the only admin; null if another must',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  settled_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - who approved or withdrew it',
  settled_at DATETIME(3) NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY administrative_acts_state (state, expires_at),
  CONSTRAINT administrative_acts_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id),
  CONSTRAINT administrative_acts_proposer FOREIGN KEY (proposer) REFERENCES clerks (id),
  CONSTRAINT administrative_acts_settled_by FOREIGN KEY (settled_by) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What no admin may do alone'
