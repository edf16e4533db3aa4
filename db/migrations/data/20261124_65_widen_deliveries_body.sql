ALTER TABLE deliveries MODIFY COLUMN body MEDIUMTEXT NOT NULL COMMENT 'sensitive: no - JSON: references and codes, of up to 500 persons'
