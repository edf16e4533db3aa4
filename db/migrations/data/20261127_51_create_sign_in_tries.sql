CREATE TABLE sign_in_tries (
  `key` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - of a login, or of a login with a network, a device or a session',
  failures INT UNSIGNED NOT NULL COMMENT 'sensitive: no - since there was none for a day',
  free_at DATETIME(3) NOT NULL COMMENT 'sensitive: no - until then no password is looked at',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (`key`),
  KEY sign_in_tries_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Wrong passwords, also of logins that nobody has'
