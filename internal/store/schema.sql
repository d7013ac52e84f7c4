CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE document (
  n             INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  address       TEXT NOT NULL,              -- path or URL at which it was found
  sha256        TEXT NOT NULL,
  superseded_by TEXT NOT NULL DEFAULT '',
  language      TEXT NOT NULL,
  title         TEXT NOT NULL,
  outlet        TEXT NOT NULL,
  published     TEXT NOT NULL,
  words         INTEGER NOT NULL,
  statements    INTEGER NOT NULL,
  resolved      INTEGER NOT NULL DEFAULT 0, -- 1 once the dossier's links and claims take it into account
  analysis      BLOB NOT NULL               -- JSON of the analysis without tokens, zstd
);
CREATE INDEX document_address ON document (address, id);
CREATE INDEX document_pending ON document (published = '', substr(published, 1, 10), id) WHERE resolved = 0;
CREATE INDEX document_published ON document (published, id);
CREATE INDEX document_language ON document (language, published, id);
CREATE INDEX document_outlet ON document (outlet, published, id);

-- A name is what the entities of many documents look like where they look the same.
CREATE TABLE name (
  n     INTEGER PRIMARY KEY,
  hash  TEXT NOT NULL UNIQUE,
  item  BLOB NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,     -- in how many it stands
  spelling INTEGER,                         -- NULL for somebody who has no name
  actor TEXT NOT NULL DEFAULT ''
);
CREATE INDEX name_actor ON name (actor);
CREATE INDEX name_spelling ON name (spelling, documents);
-- A spelling is all names that fold alike: what is compared.
CREATE TABLE spelling (
  n     INTEGER PRIMARY KEY,
  key   TEXT NOT NULL UNIQUE,
  name  TEXT NOT NULL DEFAULT '',           -- folded
  place INTEGER NOT NULL DEFAULT 0,         -- those with one place are compared in a row
  body  BLOB NOT NULL DEFAULT '',           -- what its names tell of it, JSON; empty before they were looked at
  lost  INTEGER NOT NULL DEFAULT 0,         -- 1 for a surname alone that too many bear
  todo  INTEGER NOT NULL DEFAULT 0          -- 2 to be compared, 1 its actors are to be made anew
);
CREATE INDEX spelling_name ON spelling (name);
CREATE INDEX spelling_todo ON spelling (todo, place, n) WHERE todo > 0;
CREATE TABLE spelling_key (key INTEGER NOT NULL, spelling INTEGER NOT NULL, PRIMARY KEY (key, spelling)) WITHOUT ROWID;
-- Spellings that bear on one another's actors, each pair in both directions.
CREATE TABLE related (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE entity (
  document INTEGER NOT NULL,
  idx      INTEGER NOT NULL,
  name     INTEGER NOT NULL,
  PRIMARY KEY (document, idx)
) WITHOUT ROWID;
CREATE INDEX entity_name ON entity (name, document);

-- Names that have the same places in two linked documents, a before b, and how often.
CREATE TABLE alias (
  a     INTEGER NOT NULL,
  b     INTEGER NOT NULL,
  one   INTEGER NOT NULL,                   -- document.n of the two, one before two
  two   INTEGER NOT NULL,
  times INTEGER NOT NULL,                   -- passages
  says  INTEGER NOT NULL,                   -- statements
  PRIMARY KEY (a, b, one, two)
) WITHOUT ROWID;
CREATE INDEX alias_b ON alias (b);
CREATE INDEX alias_documents ON alias (one, two);
CREATE INDEX alias_two ON alias (two);

-- Statements whose speaker the text does not name, and those in linked documents that say the same and tell of one.
CREATE TABLE witness (
  statement TEXT NOT NULL,
  said_by   TEXT NOT NULL,                  -- id of the statement that tells of him
  weight    INTEGER NOT NULL,
  score     REAL NOT NULL,
  PRIMARY KEY (statement, said_by)
) WITHOUT ROWID;
CREATE INDEX witness_said_by ON witness (said_by);

CREATE TABLE actor (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  statements INTEGER NOT NULL DEFAULT 0,
  documents  INTEGER NOT NULL DEFAULT 0,
  record     BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX actor_said ON actor (statements DESC, id);

CREATE TABLE statement (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  document   INTEGER NOT NULL,
  idx        INTEGER NOT NULL,
  speaker    INTEGER,                       -- name.n, NULL where unknown
  told       INTEGER,                       -- name.n of whom other documents name where this one does not, NULL where they do not
  told_by    BLOB,                          -- JSON of where they do
  actor      TEXT NOT NULL DEFAULT '',      -- the actor of told, else of speaker
  published  TEXT NOT NULL,
  language   TEXT NOT NULL,
  outlet     TEXT NOT NULL,
  manner     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  factuality TEXT NOT NULL,
  score      REAL NOT NULL,
  claim      TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX statement_place ON statement (document, idx);
CREATE INDEX statement_speaker ON statement (speaker);
CREATE INDEX statement_told ON statement (told) WHERE told IS NOT NULL;
CREATE INDEX statement_actor ON statement (actor, published, id);
CREATE INDEX statement_claim ON statement (claim, published, id);
CREATE INDEX statement_published ON statement (published, id);

-- Sentences that a text holds in its own words, and the claim to which one was put.
CREATE TABLE assertion (
  id       TEXT PRIMARY KEY,
  document INTEGER NOT NULL,
  claim    TEXT NOT NULL DEFAULT '',
  record   BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX assertion_document ON assertion (document, id);
CREATE INDEX assertion_claim ON assertion (claim, id) WHERE claim > '';

-- What the resolvers know of a document or statement, and the keys by which they find candidates.
CREATE TABLE profile (
  kind     TEXT NOT NULL,
  item     TEXT NOT NULL,
  document INTEGER NOT NULL,
  day      INTEGER NOT NULL,                -- of publication, since 1970; where none is known far in the future
  keys     BLOB NOT NULL,                   -- 8 bytes each
  body     BLOB NOT NULL,
  PRIMARY KEY (kind, item)
) WITHOUT ROWID;
CREATE INDEX profile_document ON profile (document, kind);
-- The items under a key, by day: what stands far apart in a long row is not compared. A profile is
-- posted when it is linked.
CREATE TABLE posting (key INTEGER NOT NULL, day INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (key, day, item)) WITHOUT ROWID;

CREATE TABLE link (
  a      TEXT NOT NULL,                     -- from
  b      TEXT NOT NULL,                     -- to, a document id; '' for an external one
  ext    TEXT NOT NULL DEFAULT '',
  kind   TEXT NOT NULL,
  score  REAL NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (a, b, ext, kind)
) WITHOUT ROWID;
CREATE INDEX link_b ON link (b);

-- Which document of the dossier is meant by a citation (a link to something outside, ext), as a claim tells.
CREATE TABLE citation (
  a      TEXT NOT NULL,
  b      TEXT NOT NULL,
  claim  TEXT NOT NULL,
  ext    TEXT NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (a, b, claim)
) WITHOUT ROWID;
CREATE INDEX citation_b ON citation (b);
CREATE INDEX citation_claim ON citation (claim);

-- The links as they are shown: a citation leads to the document that is meant where that is here, and the
-- name of an outlet says nothing more where the document was taken from one of its documents.
CREATE VIEW shown_link AS
  SELECT a, b, ext, kind, record FROM link l
    WHERE NOT (kind = 'cites' AND EXISTS (SELECT 1 FROM citation c WHERE c.a = l.a AND c.ext = l.ext))
      AND NOT (ext > '' AND EXISTS (SELECT 1 FROM link m JOIN document d ON d.id = m.b WHERE m.a = l.a AND m.kind <> 'cites' AND d.outlet = l.ext))
  UNION ALL SELECT a, b, '', 'cites', record FROM citation c
    WHERE NOT EXISTS (SELECT 1 FROM citation o WHERE o.a = c.a AND o.b = c.b AND o.claim < c.claim);

CREATE TABLE claim (
  id         TEXT PRIMARY KEY,
  statements INTEGER NOT NULL,
  documents  INTEGER NOT NULL,
  denials    INTEGER NOT NULL,
  at_least   INTEGER NOT NULL,
  at_most    INTEGER NOT NULL,
  record     BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_repeated ON claim (documents DESC, statements DESC, id);
CREATE INDEX claim_origin ON claim (at_most, documents DESC, id);
CREATE INDEX claim_disputed ON claim (denials DESC, documents DESC, id);

CREATE TABLE conflict (
  id     TEXT PRIMARY KEY,
  kind   TEXT NOT NULL,
  claim  TEXT NOT NULL,
  record BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX conflict_kind ON conflict (kind, id);
CREATE INDEX conflict_claim ON conflict (claim);
CREATE TABLE conflict_member (member TEXT NOT NULL, conflict TEXT NOT NULL, PRIMARY KEY (member, conflict)) WITHOUT ROWID;

CREATE TABLE judgement (
  n      INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  a      TEXT NOT NULL,
  b      TEXT NOT NULL,
  rule   TEXT NOT NULL,
  score  REAL NOT NULL,
  author TEXT NOT NULL,
  time   TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0         -- n of the judgement that took it back
);
CREATE INDEX judgement_pair ON judgement (kind, a, b);

-- What must be looked at again because something under it went away or was judged.
CREATE TABLE stale (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;

-- Pairs of statements that say the same (sign 1) or the opposite (sign -1).
CREATE TABLE same (
  a     TEXT NOT NULL,
  b     TEXT NOT NULL,
  score REAL NOT NULL,
  sign  INTEGER NOT NULL,
  sure  INTEGER NOT NULL,                   -- 0: a candidate, counted in at_most alone
  why   TEXT NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX same_b ON same (b);

CREATE TABLE skip (path TEXT PRIMARY KEY, why TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fetched (url TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE document_text USING fts5 (title, body, lemmas, names, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE statement_text USING fts5 (content, lemmas, names, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

-- How much was published on a day and by an outlet, kept while documents come and go, so that no page
-- counts them.
CREATE TABLE tally (
  day        TEXT NOT NULL,                 -- "" where no date is known
  language   TEXT NOT NULL,
  documents  INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  words      INTEGER NOT NULL,
  PRIMARY KEY (day, language)
) WITHOUT ROWID;
CREATE TABLE outlet (name TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX outlet_documents ON outlet (documents DESC, name);
CREATE TRIGGER tally_come AFTER INSERT ON document WHEN NEW.superseded_by = '' BEGIN
  INSERT INTO tally VALUES (substr(NEW.published, 1, 10), NEW.language, 1, NEW.statements, NEW.words)
    ON CONFLICT DO UPDATE SET documents = documents + 1, statements = statements + excluded.statements, words = words + excluded.words;
  INSERT INTO outlet VALUES (NEW.outlet, 1) ON CONFLICT DO UPDATE SET documents = documents + 1;
END;
CREATE TRIGGER tally_go AFTER UPDATE OF superseded_by ON document WHEN OLD.superseded_by = '' AND NEW.superseded_by <> '' BEGIN
  UPDATE tally SET documents = documents - 1, statements = statements - OLD.statements, words = words - OLD.words
    WHERE day = substr(OLD.published, 1, 10) AND language = OLD.language;
  UPDATE outlet SET documents = documents - 1 WHERE name = OLD.outlet;
END;
CREATE INDEX statement_language ON statement (language, published, id);
CREATE INDEX statement_outlet ON statement (outlet, published, id);
CREATE INDEX actor_name ON actor (name);
