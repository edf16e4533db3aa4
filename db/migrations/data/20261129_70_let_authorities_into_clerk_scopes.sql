ALTER TABLE clerk_scopes
  MODIFY prefix VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - a division (GB/T 2260) without zeros at the end, one authority of seven to twelve digits, or national'
