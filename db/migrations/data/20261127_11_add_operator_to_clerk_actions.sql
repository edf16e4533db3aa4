ALTER TABLE clerk_actions
  ADD COLUMN operator VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the login of the operator who decided where no clerk could be reached'
