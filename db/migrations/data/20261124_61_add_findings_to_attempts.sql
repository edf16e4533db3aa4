ALTER TABLE attempts
  ADD COLUMN device CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - of the phone, as its session has it',
  ADD COLUMN attack TINYINT(1) NOT NULL DEFAULT 0 COMMENT 'sensitive: no - whether the vendor reported an attack on the face check',
  ADD COLUMN score DECIMAL(5,2) NULL COMMENT 'sensitive: no - how alike the vendor found the faces, 0 to 100'
