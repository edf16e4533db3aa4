CREATE TABLE complaints (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  number CHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - for people and clerks (domain/case-numbers.ts)',
  account CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - who is shown the answer',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the one under way, if there was one',
  kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - complaint, suggestion',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - what the person wrote, key complaint:<id>',
  answer MEDIUMBLOB NULL COMMENT 'sensitive: sealed - what a clerk answered, key complaint:<id>',
  command CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - the request, which is taken once',
  made_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  answered_at DATETIME(3) NULL COMMENT 'sensitive: no',
  answered_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the clerk',
  PRIMARY KEY (id),
  UNIQUE KEY complaints_number (number),
  UNIQUE KEY complaints_command (command),
  KEY complaints_account (account, made_at),
  KEY complaints_waiting (answered_at, made_at),
  CONSTRAINT complaints_answered_by FOREIGN KEY (answered_by) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Complaints and suggestions of people, and the answers'
