"""The reader: one encoder (MiniLM with a casing embedding) and a head for everything that it reads off an article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.annotated import NAME_TAGS, ROLES, SPAN_TAGS, UPOS
from training.chain import TagChain
from training.pieces import CASE_CLASSES, base_model_folder

HIDDEN, HEADS, LAYERS, INNER, POSITIONS, VOCABULARY = 384, 12, 6, 1536, 512, 30522
ARC_SIZE, RELATION_SIZE, LINK_SIZE = 256, 64, 96
MASKED = -1e4
OUTPUTS = ("sentence", "upos", "arcs", "relation", "names", *ROLES, "link")


class LockedDropout(nn.Module):
    """Dropout whose mask all positions of a window share (Gal and Ghahramani 2016); on CPU it costs next to nothing."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, hidden: Tensor) -> Tensor:
        """The states [B,N,H], in training with the same units missing at all positions of a window."""
        if not self.training:
            return hidden
        kept = torch.empty_like(hidden[:, :1]).bernoulli_(1 - self.rate)
        return hidden * (kept / (1 - self.rate))


class Layer(nn.Module):
    """One transformer layer with normalisation after each half, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.joined = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = LockedDropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """The next hidden states [B,N,H]; `mask` [B,1,1,N] is added to the attention scores."""
        joined = self.joined(self.attend(hidden, mask))
        hidden = self.attention_norm(hidden + self.dropout(joined))
        return self.output_norm(hidden + self.dropout(self.feed(hidden)))

    def attend(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """What the heads gather for each piece [B,N,H]."""
        batch, length, _ = hidden.shape
        split = self.qkv(hidden).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = split[0] @ split[1].transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5
        attended = (scores + mask.to(scores.dtype)).softmax(-1, dtype=scores.dtype) @ split[2]
        return attended.transpose(1, 2).reshape(batch, length, HIDDEN)

    def feed(self, hidden: Tensor) -> Tensor:
        """What the feed-forward half adds to the states [B,N,H]."""
        fed: Tensor = self.outer(functional.gelu(self.inner(hidden)))
        return fed


class _Rows(torch.autograd.Function):
    """A lookup whose gradient is added into the table's own, so that no table of zeros is made at every step."""

    @staticmethod
    def forward(ctx: Any, table: nn.Parameter, ids: Tensor) -> Tensor:
        ctx.save_for_backward(ids)
        ctx.table = table
        return functional.embedding(ids, table)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[None, None]:
        (ids,) = ctx.saved_tensors
        if ctx.table.grad is None:
            ctx.table.grad = torch.zeros_like(ctx.table)
        ctx.table.grad.index_add_(0, ids.flatten(), gradients[0].flatten(0, 1).to(ctx.table.dtype))
        return None, None


class PieceEmbedding(nn.Embedding):
    """Word embeddings, half of all parameters, of which a batch touches a few hundred rows."""

    def forward(self, input: Tensor) -> Tensor:
        """The embeddings [B,N,H] of piece ids [B,N]."""
        return cast(Tensor, _Rows.apply(self.weight, input)) if self.training else super().forward(input)

    def forget(self, ids: Tensor) -> None:
        """Clears the gradient of the rows that a batch touched."""
        if self.weight.grad is not None:
            self.weight.grad[ids.unique()] = 0.0


class Encoder(nn.Module):
    """MiniLM's six layers over word pieces, with a casing embedding added to the words."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = PieceEmbedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.casing = nn.Embedding(CASE_CLASSES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = LockedDropout(0.1)
        nn.init.zeros_(self.casing.weight)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Hidden states [B,N,H] of the pieces."""
        positions = self.positions.weight[: ids.shape[1]]
        hidden = self.dropout(self.norm(self.pieces(ids) + self.casing(cases) + positions))
        added = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * MASKED
        for layer in self.layers:
            hidden = layer(hidden, added)
        return self.dropout(hidden)


class Biaffine(nn.Module):
    """Pairwise scores x^T U y with a bias on each side (Dozat and Manning 2017)."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.left = nn.Sequential(nn.Linear(HIDDEN, size), nn.GELU(), LockedDropout(dropout))
        self.right = nn.Sequential(nn.Linear(HIDDEN, size), nn.GELU(), LockedDropout(dropout))
        self.pair = nn.Linear(size, size + 1)
        nn.init.zeros_(self.pair.weight)
        nn.init.zeros_(self.pair.bias)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Scores [B,X,Y] of every left item with every right item."""
        asked = self.pair(self.left(left))
        return asked[..., :-1] @ self.right(right).transpose(1, 2) + asked[..., -1:]


class RelationScorer(nn.Module):
    """The relation between a word and its head, bilinear in both with a linear part."""

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.word = nn.Sequential(nn.Linear(HIDDEN, RELATION_SIZE), nn.GELU(), LockedDropout(0.2))
        self.head = nn.Sequential(nn.Linear(HIDDEN, RELATION_SIZE), nn.GELU(), LockedDropout(0.2))
        self.product = nn.Linear(RELATION_SIZE, relations * RELATION_SIZE)
        self.alone = nn.Linear(2 * RELATION_SIZE, relations)
        self.relations = relations
        nn.init.zeros_(self.product.weight)
        nn.init.zeros_(self.product.bias)

    def forward(self, words: Tensor, heads: Tensor) -> Tensor:
        """Logits [B,W,R] for words [B,W,H], each with its head's hidden state in `heads` [B,W,H]."""
        word, head = self.word(words), self.head(heads)
        asked = self.product(word).view(word.shape[0], word.shape[1], self.relations, RELATION_SIZE)
        return (asked @ head.unsqueeze(-1)).squeeze(-1) + self.alone(torch.cat([word, head], -1))


def pick(states: Tensor, indexes: Tensor) -> Tensor:
    """The rows [B,W,H] of `states` [B,N,H] at `indexes` [B,W]."""
    return torch.gather(states, 1, indexes.unsqueeze(-1).expand(-1, -1, states.shape[-1]))


class Reader(nn.Module):
    """The encoder and its heads; `forward` has the signature of the shipped ONNX file."""

    def __init__(self, relations: list[str]) -> None:
        super().__init__()
        self.relation_names = relations
        self.encoder = Encoder()
        self.sentence = nn.Linear(HIDDEN, 1)
        self.upos = nn.Linear(HIDDEN, len(UPOS))
        self.arcs = Biaffine(ARC_SIZE, 0.2)
        self.relation = RelationScorer(len(relations))
        self.names = nn.Linear(HIDDEN, len(NAME_TAGS))
        self.roles = nn.Linear(HIDDEN, len(ROLES) * len(SPAN_TAGS))
        self.link = Biaffine(LINK_SIZE, 0.1)
        self.name_chain = TagChain(1, NAME_TAGS)
        self.role_chain = TagChain(len(ROLES), SPAN_TAGS)

    def role_scores(self, hidden: Tensor) -> Tensor:
        """Emissions [3,B,N,3] of the source, cue and content layers."""
        return self.roles(hidden).unflatten(-1, (len(ROLES), len(SPAN_TAGS))).permute(2, 0, 1, 3)

    def arc_scores(self, hidden: Tensor, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Word states [B,W,H], head candidates [B,W+1,H] with the root first, and arcs [B,W,W+1]."""
        states = pick(hidden, words)
        candidates = torch.cat([hidden[:, :1], states], 1)
        absent = functional.pad((words == 0).to(torch.float32), (1, 0)).unsqueeze(1)
        return states, candidates, self.arcs(states, candidates).float() + absent * MASKED

    def link_scores(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Scores [B,N,N] that the span beginning at piece i belongs to the cue beginning at piece j."""
        return self.link(hidden, hidden).float() + (1.0 - mask.float()).unsqueeze(1) * MASKED

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """sentence, upos, arcs, relation, names, source, cue, content, link: see `training/README.md` for shapes."""
        hidden = self.encoder(ids, cases, mask)
        states, candidates, arcs = self.arc_scores(hidden, words)
        relation = self.relation(states, pick(candidates, arcs.argmax(-1)))
        source, cue, content = self.role_scores(hidden).unbind(0)
        sentence = self.sentence(states).squeeze(-1)
        upos, names, link = self.upos(states), self.names(hidden), self.link_scores(hidden, mask)
        return sentence, upos, arcs, relation, names, source, cue, content, link


def load_reader(checkpoint: Path) -> Reader:
    """The reader of a training checkpoint, ready to judge."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Reader(state["relations"])
    model.load_state_dict(state["model"])
    model.eval()
    return model


def load_pretrained(encoder: Encoder) -> None:
    """Fills the encoder with the pretrained weights; the one token type is folded into the positions."""
    folder = base_model_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf8"))
    assert (config["hidden_size"], config["num_hidden_layers"]) == (HIDDEN, LAYERS), "another base model"
    saved = load_file(folder / "model.safetensors")
    state = encoder.state_dict()
    state["pieces.weight"] = saved["embeddings.word_embeddings.weight"]
    token_type = saved["embeddings.token_type_embeddings.weight"][0]
    state["positions.weight"] = saved["embeddings.position_embeddings.weight"] + token_type
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = saved[f"embeddings.LayerNorm.{part}"]
        for number in range(LAYERS):
            state.update(_layer_weights(saved, number, part))
    encoder.load_state_dict(state)


def _layer_weights(saved: dict[str, Tensor], number: int, part: str) -> dict[str, Tensor]:
    old, new = f"encoder.layer.{number}", f"layers.{number}"
    attention = [saved[f"{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
    return {
        f"{new}.qkv.{part}": torch.cat(attention),
        f"{new}.joined.{part}": saved[f"{old}.attention.output.dense.{part}"],
        f"{new}.attention_norm.{part}": saved[f"{old}.attention.output.LayerNorm.{part}"],
        f"{new}.inner.{part}": saved[f"{old}.intermediate.dense.{part}"],
        f"{new}.outer.{part}": saved[f"{old}.output.dense.{part}"],
        f"{new}.output_norm.{part}": saved[f"{old}.output.LayerNorm.{part}"],
    }
