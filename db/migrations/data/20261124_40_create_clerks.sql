CREATE TABLE clerks (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  login VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: staff',
  name VARCHAR(100) NOT NULL COMMENT 'sensitive: staff',
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - active, disabled',
  password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: staff - Argon2id of the password',
  failed_sign_ins INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'sensitive: no - in a row, since the last lock',
  locked_until DATETIME(3) NULL COMMENT 'sensitive: no',
  created_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY clerks_login (login),
  KEY clerks_role (role, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Accounts of clerks'
