CREATE TABLE club (id int PRIMARY KEY, name text NOT NULL, town varchar(40) DEFAULT 'Ghent');
CREATE TABLE member (
    id int PRIMARY KEY, name varchar(40) NOT NULL, born date, club_id int REFERENCES club (id), active boolean DEFAULT true
);
CREATE TABLE visit (
    id bigint PRIMARY KEY, member_id int REFERENCES member (id), paid numeric(8, 2), visited_at timestamp, minutes smallint,
    rating double precision
);
CREATE TABLE odd (id int, "Mixed" text, "select" int, "häuser" char(5), j json, p point, tags text[], seen timestamptz);
