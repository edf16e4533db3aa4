CREATE TABLE evidence_seals (
  evidence_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of our key that signed',
  jws VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - over the canonical JSON, which it leaves out',
  signed_at DATETIME(3) NULL COMMENT 'sensitive: no - when our key signed',
  time_stamp MEDIUMBLOB NULL COMMENT 'sensitive: no - TimeStampToken over the JWS',
  time_stamp_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - of the token',
  stamped_at DATETIME(3) NULL COMMENT 'sensitive: no - as the token says',
  signer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - by what the signature of the person counts',
  no_certificate_reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no',
  signer_proof MEDIUMBLOB NULL COMMENT 'sensitive: sealed - certificates and signature, key evidence:<id>',
  PRIMARY KEY (evidence_id),
  KEY evidence_seals_state (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What proves evidence to outsiders'
