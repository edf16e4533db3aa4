CREATE TABLE messages (
  evidence_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the confirmation that it tells of',
  matter_id CHAR(39) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  session_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the session that confirmed, whose grants say to whom it goes',
  created_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (evidence_id),
  KEY messages_matter (matter_id, created_at),
  CONSTRAINT messages_matter FOREIGN KEY (matter_id) REFERENCES matters (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Messages to persons that are yet to be sent: a row is deleted with its message sent or given up'
