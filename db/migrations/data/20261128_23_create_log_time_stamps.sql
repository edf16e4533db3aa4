CREATE TABLE log_time_stamps (
  checkpoint_id BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  token MEDIUMBLOB NOT NULL COMMENT 'sensitive: no - TimeStampToken (RFC 3161, DER) over the SHA-256 of the note',
  stamped_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (checkpoint_id),
  KEY log_time_stamps_time (stamped_at),
  CONSTRAINT log_time_stamps_checkpoint FOREIGN KEY (checkpoint_id) REFERENCES log_checkpoints (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Time stamps of checkpoints; rows are only added'
