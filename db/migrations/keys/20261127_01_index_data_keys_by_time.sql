CREATE INDEX data_keys_created ON data_keys (created_at)
