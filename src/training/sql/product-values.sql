-- The values every product has in affinity fields, a row each; filled one field at a time.
CREATE TABLE product_values (object_id VARCHAR, field VARCHAR, value VARCHAR)
