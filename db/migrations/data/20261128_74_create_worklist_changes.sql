CREATE TABLE worklist_changes (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  scopes MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - whose clerks are told, with commas between',
  is_waiting TINYINT(1) NOT NULL COMMENT 'sensitive: no - whether the journey still waits for a clerk',
  changed_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY worklist_changes_changed (changed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What has changed in the worklist lately, for the pages of clerks'
