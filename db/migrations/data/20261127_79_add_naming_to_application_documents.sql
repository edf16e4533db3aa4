ALTER TABLE application_documents
  ADD COLUMN is_named BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'sensitive: no - FALSE: perhaps no version with readable content names it',
  ADD KEY application_documents_unnamed (is_named, uploaded_at),
  DROP KEY application_documents_uploaded
