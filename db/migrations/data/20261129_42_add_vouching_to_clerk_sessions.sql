ALTER TABLE clerk_sessions
  ADD COLUMN vouched_for VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - password, both-factors: what the identity provider vouches for; null after a sign-in with the password'
