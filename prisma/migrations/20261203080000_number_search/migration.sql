-- By hand: what numbers are searched by, kept by the database itself, so that no writer can
-- forget it. A table of its own: a flip writes a new row of the number, and would with it write
-- some two hundred entries of this index.
--
-- The extension is trusted: CREATE on the database is enough to make it.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS "pg_trgm";
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not make the extension pg_trgm. Let a database administrator run, in this database: CREATE EXTENSION pg_trgm', quote_ident(current_user)
            USING ERRCODE = 'insufficient_privilege';
    WHEN undefined_file OR feature_not_supported THEN
        RAISE EXCEPTION 'this PostgreSQL has no extension pg_trgm. Install its contrib package (such as postgresql-contrib)'
            USING ERRCODE = 'feature_not_supported';
END $$;

-- As foldText of lib/fold-text.ts, whatever the server's locale and its rules for unaccent().
CREATE FUNCTION "fold_letters"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN octet_length($1) = char_length($1) THEN lower($1 COLLATE "C")
        ELSE normalize(replace(replace(replace(replace(
            translate(
                lower($1 COLLATE "C"),
                'ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϷϺϽϾϿςÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎẞỺỼỾðøđħıłŧԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ‐‑‒–—―−⁄ʼ‘’‚‛“”„‟«»',
                'ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϸϻͻͼͽσædoþdhlŋœtɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏßỻỽỿdodhiltաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ-------/''''''''''""""""'),
            'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), NFC)
    END;

CREATE FUNCTION "fold_text"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(
        "fold_letters"(CASE WHEN octet_length($1) = char_length($1) THEN $1
            ELSE regexp_replace(normalize($1, NFKD) COLLATE "C",
                '[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u17B4\u17B5\u180B-\u180F\u00AD\u061C\u0640\u115F\u1160\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\U000E0000-\U000E0FFF]', '', 'g')
        END),
        '[\t-\r \u0085\u1680\u2028\u2029]+', ' ', 'g'), ' ');

CREATE TABLE "number_search" (
    "phone_number_id" TEXT NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "number_search_pkey" PRIMARY KEY ("phone_number_id")
);

ALTER TABLE "number_search" ADD CONSTRAINT "number_search_phone_number_id_fkey" FOREIGN KEY ("phone_number_id") REFERENCES "number"("phone_number_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Everything people know a number by, a line each.
CREATE FUNCTION "number_search_text"("number" "number") RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (
        SELECT concat_ws(E'\n',
            public.fold_text("number".label), public.fold_text(a.name),
            public.fold_text(m.name), public.fold_text(m.email),
            "number".display_phone_number, "number".phone_number_id,
            "number".waba_id, "number".portfolio_id, public.fold_text(a.external_id))
        FROM public.account a LEFT JOIN public.person m ON m.id = a.manager_id
        WHERE a.id = "number".account_id);
END $$;

CREATE FUNCTION "number_search_add"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.number_search (phone_number_id, text)
    SELECT phone_number_id, public.number_search_text(added) FROM added;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_number"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search SET text = public.number_search_text(NEW)
    WHERE phone_number_id = NEW.phone_number_id;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_account"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search w SET text = public.number_search_text(n)
    FROM public.number n
    WHERE n.account_id = NEW.id AND w.phone_number_id = n.phone_number_id;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_person"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search w SET text = public.number_search_text(n)
    FROM public.number n JOIN public.account a ON a.id = n.account_id
    WHERE a.manager_id = NEW.id AND w.phone_number_id = n.phone_number_id;
    RETURN NULL;
END $$;

CREATE TRIGGER "number_search_add" AFTER INSERT ON "number"
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "number_search_add"();

CREATE TRIGGER "number_search_follow_number" AFTER UPDATE ON "number"
    FOR EACH ROW
    WHEN ((OLD."label", OLD."display_phone_number", OLD."account_id", OLD."waba_id", OLD."portfolio_id")
          IS DISTINCT FROM
          (NEW."label", NEW."display_phone_number", NEW."account_id", NEW."waba_id", NEW."portfolio_id"))
    EXECUTE FUNCTION "number_search_follow_number"();

CREATE TRIGGER "number_search_follow_account" AFTER UPDATE ON "account"
    FOR EACH ROW
    WHEN ((OLD."name", OLD."external_id", OLD."manager_id")
          IS DISTINCT FROM (NEW."name", NEW."external_id", NEW."manager_id"))
    EXECUTE FUNCTION "number_search_follow_account"();

CREATE TRIGGER "number_search_follow_person" AFTER UPDATE ON "person"
    FOR EACH ROW WHEN ((OLD."name", OLD."email") IS DISTINCT FROM (NEW."name", NEW."email"))
    EXECUTE FUNCTION "number_search_follow_person"();

INSERT INTO "number_search" ("phone_number_id", "text")
SELECT "phone_number_id", "number_search_text"("number") FROM "number";

-- The extension may have been made in another schema.
DO $$
BEGIN
    EXECUTE format('CREATE INDEX "number_search_text" ON "number_search" USING gin ("text" %I.gin_trgm_ops)',
        (SELECT nspname FROM pg_extension e JOIN pg_namespace s ON s.oid = e.extnamespace WHERE extname = 'pg_trgm'));
END $$;

-- Nobody else writes it.
GRANT SELECT ON "number_search" TO "bsuid_console_app";
