ALTER TABLE clerk_actions
  ADD COLUMN commitment_version TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'sensitive: no - to which columns the log commits, see db/clerks/actions.ts'
