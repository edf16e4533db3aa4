ALTER TABLE log_time_stamps
  MODIFY COLUMN stamped_at DATETIME(3) NOT NULL COMMENT 'sensitive: no - when it was kept, by our clock; the token says when the checkpoint was there'
