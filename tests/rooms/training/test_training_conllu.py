"""Treebanks become words over pieces with heads that stay true across sentences."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer
from training import conllu
from training.annotated import UPOS

TREES = """# newdoc id = one
# text = Ferries can't sail.
1	Ferries	ferry	NOUN	_	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	_	_	4	aux	_	_
3	n't	not	PART	_	_	4	advmod:neg	_	_
4	sail	sail	VERB	_	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	_	_	4	punct	_	_

# text = Nobody waits
1	Nobody	nobody	PRON	_	_	2	nsubj	_	_
2	waits	wait	VERB	_	_	0	root	_	_
2.1	waits	wait	VERB	_	_	_	_	_	_

# newdoc id = two
1	Quiet	quiet	ADJ	_	_	0	root	_	_

"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.conllu"
    path.write_text(TREES, encoding="utf8")
    return path


def test_documents_begin_where_the_file_says(file: Path) -> None:
    documents = [trees for _, trees in conllu.read_documents([file])]
    assert [[len(tree.words) for tree in trees] for trees in documents] == [[5, 2], [1]]


def test_words_of_one_token_stand_together(file: Path) -> None:
    first = next(conllu.read_trees(file))
    assert [word.space_after for word in first.words] == [True, False, True, False, True]


def test_a_rare_subtype_is_read_as_its_bare_relation(file: Path) -> None:
    documents = [trees for _, trees in conllu.read_documents([file])]
    relations = conllu.choose_relations(documents)
    assert "advmod" in relations
    assert "advmod:neg" not in relations


def test_heads_and_pieces_point_into_the_document(file: Path, tokenizer: Tokenizer) -> None:
    documents = [trees for _, trees in conllu.read_documents([file])]
    relations = conllu.choose_relations(documents)
    article = conllu.annotate("one", documents[0], relations, tokenizer)
    assert article.words is not None
    gold = article.words
    assert gold.heads.tolist() == [3, 3, 3, -1, 3, 6, -1]
    assert gold.sentence_starts.tolist() == [1, 0, 0, 0, 0, 1, 0]
    assert [UPOS[tag] for tag in gold.upos[:2]] == ["NOUN", "AUX"]
    assert relations[gold.relations[2]] == "advmod"
    assert tokenizer.id_to_token(int(article.ids[gold.first_pieces[5]])) == "nobody"
    assert article.cuts == [0, int(gold.first_pieces[5])]
