-- By hand: where the database's ctype is C, pg_trgm knows no letter beyond ASCII, so that a word in
-- Cyrillic or Chinese was looked for by reading every text. Here each such sign stands as one letter
-- or digit, from U+2E80 on as two: many share one, so that what is found is compared with the text.
-- As toIndexedLetters of lib/numbers/indexed-letters.ts.
CREATE FUNCTION "search_letters"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg(
            CASE WHEN octet_length(sign) = 1 THEN sign
                ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ascii(sign) % 36, 1)
                    || CASE WHEN ascii(sign) < 11904 THEN ''
                        ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ascii(sign) / 36 % 36, 1) END
            END, '' ORDER BY place)
        FROM string_to_table($1, NULL) WITH ORDINALITY AS signs(sign, place));

-- Of the texts that have any, only: most have none once they are folded. The extension may have been
-- made in another schema.
DO $$
BEGIN
    EXECUTE format('CREATE INDEX "number_search_letters" ON "number_search"
        USING gin ("search_letters"("text") COLLATE "C" %I.gin_trgm_ops)
        WHERE octet_length("text") <> char_length("text")',
        (SELECT nspname FROM pg_extension e JOIN pg_namespace s ON s.oid = e.extnamespace WHERE extname = 'pg_trgm'));
END $$;
