ALTER TABLE sessions
  CHANGE grants alipay_tokens VARBINARY(2048) NOT NULL COMMENT 'sensitive: sealed - the vendor''s tokens and ids of the account, key session:<id>'
