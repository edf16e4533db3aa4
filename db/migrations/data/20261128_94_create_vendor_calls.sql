CREATE TABLE vendor_calls (
  day DATE NOT NULL COMMENT 'sensitive: no - in Asia/Shanghai',
  interface VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the vendor''s name of it',
  outcome VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - done, or the code of the failure',
  took TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - a range of durations (domain/figures.ts)',
  count INT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (day, interface, outcome, took)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='How many calls of vendors each day had, and how long they took'
