ALTER TABLE decisions
  ADD COLUMN seen VARBINARY(2048) NULL COMMENT 'sensitive: sealed - what the proposer compared, and until when the document is valid, key journey:<id>'
