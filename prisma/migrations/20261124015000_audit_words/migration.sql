-- Words are looked for whole; one with an asterisk behind it by its beginning. Each beginning
-- collects all entries of all its words first: with every word taken for one, a search with a
-- frequent word in it took seconds.
CREATE OR REPLACE FUNCTION "audit_words_query"(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT string_agg(quote_literal(word[1]) || CASE word[2] WHEN '*' THEN ':*' ELSE '' END, ' & ')::tsquery
            FROM regexp_matches(left(lower($1), 500), '([[:alnum:]]+)(\*?)', 'g') AS word);
