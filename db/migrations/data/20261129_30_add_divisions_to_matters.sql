ALTER TABLE matters
  ADD COLUMN province CHAR(2) CHARACTER SET ascii COLLATE ascii_bin AS (LEFT(authority, 2)) VIRTUAL COMMENT 'sensitive: no - the division of the authority, by which clerks list matters',
  ADD COLUMN city CHAR(4) CHARACTER SET ascii COLLATE ascii_bin AS (LEFT(authority, 4)) VIRTUAL COMMENT 'sensitive: no',
  ADD COLUMN county CHAR(6) CHARACTER SET ascii COLLATE ascii_bin AS (LEFT(authority, 6)) VIRTUAL COMMENT 'sensitive: no',
  ALGORITHM=INSTANT
