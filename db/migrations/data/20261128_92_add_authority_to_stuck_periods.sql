ALTER TABLE stuck_periods
  ADD COLUMN authority VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'national' COMMENT 'sensitive: no - in whose figures it counts: the first whose clerks could decide, or national',
  ADD INDEX stuck_periods_left (left_at, left_by, authority, entered_at)
