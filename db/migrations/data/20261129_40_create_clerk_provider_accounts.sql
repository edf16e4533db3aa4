CREATE TABLE clerk_provider_accounts (
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the identity provider, as its tokens name it',
  subject VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: staff - the account there, as its tokens name it',
  linked_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (clerk_id),
  UNIQUE KEY clerk_provider_accounts_subject (issuer, subject),
  CONSTRAINT clerk_provider_accounts_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Accounts at the identity provider by which clerks sign in, one each'
