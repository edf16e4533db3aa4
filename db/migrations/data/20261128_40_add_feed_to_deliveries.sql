ALTER TABLE deliveries
  ADD COLUMN registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the registration system; NULL: written by an earlier version' AFTER sequence,
  ADD COLUMN position BIGINT UNSIGNED NULL COMMENT 'sensitive: no - in the feed of the registration system, from 1 without gaps; NULL: nobody has read so far' AFTER registry,
  MODIFY COLUMN state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - waiting, acknowledged, stopped, feed-only',
  ADD UNIQUE KEY deliveries_position (registry, position),
  ADD KEY deliveries_feed (registry, position, sequence)
