CREATE TABLE decision_batch_items (
  batch_id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  position INT UNSIGNED NOT NULL COMMENT 'sensitive: no - in the order of the preview',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  revision INT UNSIGNED NOT NULL COMMENT 'sensitive: no - of the journey in the preview',
  tried_at DATETIME(3) NULL COMMENT 'sensitive: no - the last try whose outcome is not known; NULL without one',
  result VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - done, or the code of the refusal; NULL while it waits',
  settled_at DATETIME(3) NULL COMMENT 'sensitive: no',
  PRIMARY KEY (batch_id, position),
  UNIQUE KEY decision_batch_items_journey (batch_id, journey_id),
  CONSTRAINT decision_batch_items_batch FOREIGN KEY (batch_id) REFERENCES decision_batches (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The journeys of a batch, and what became of each'
