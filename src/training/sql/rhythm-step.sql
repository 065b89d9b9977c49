-- Steps of doubling, 0 to 5: 1, 2, 4, 8, 16, 32 and more.
CREATE MACRO rhythm_step(number) AS CAST(floor(log2(greatest(1, least(32, number)))) AS INTEGER)
