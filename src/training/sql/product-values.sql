-- The values every product has in affinity fields, a row each; filled one field at a time. Of a number field `number`
-- is the value itself: people's preference is for the band it falls into, which is another in every scope.
CREATE TABLE product_values (object_id VARCHAR, field VARCHAR, value VARCHAR, number DOUBLE)
