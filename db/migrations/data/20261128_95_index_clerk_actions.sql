ALTER TABLE clerk_actions
  DROP INDEX clerk_actions_subject,
  ADD INDEX clerk_actions_at (at),
  ADD INDEX clerk_actions_of_clerk (clerk_id, at),
  ADD INDEX clerk_actions_about (subject_id, at),
  ADD INDEX clerk_actions_named (action, at),
  ADD INDEX clerk_actions_ended (result, at)
