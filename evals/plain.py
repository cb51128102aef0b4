"""The plain way to embed: the packaged model in full precision through torch, each text read as it comes in a batch."""

from collections.abc import Sequence

import numpy as np
import torch
from transformers import BertConfig, BertModel

from knowledge.embedding.embedder import Vectors
from knowledge.embedding.package import Package, read_package
from knowledge.embedding.pieces import SPACE, Pieces

BATCH = 32  # sentence-transformers' own
_PARTS = {
    "attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v",
    "attention.output.dense": "ao", "attention.output.LayerNorm": "aln", "intermediate.dense": "fi",
    "output.dense": "fo", "output.LayerNorm": "oln",
}  # fmt: skip


class PlainEmbedder:
    """As sentence-transformers does it: sorted by length, batches of 32, mean of the states, fp32."""

    def __init__(self, threads: int) -> None:
        torch.set_num_threads(threads)
        package = read_package()
        self._pieces = Pieces(package.vocabulary)
        self._edges = package.vocabulary.begin, package.vocabulary.end
        self._model = _model(package)

    def passages(self, texts: Sequence[str]) -> Vectors:
        begin, end = self._edges
        tokens = [[begin, *own, end] for own in self._pieces.of([f"{SPACE}passage: {text}" for text in texts])]
        order = sorted(range(len(texts)), key=lambda at: -len(tokens[at]))
        rows = np.zeros((len(texts), self._model.config.hidden_size), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._means([tokens[at][: self._model.config.max_position_embeddings] for at in batch])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def _means(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        width = max(map(len, tokens))
        ids = torch.tensor([[*own, *[0] * (width - len(own))] for own in tokens])
        mask = torch.tensor([[1] * len(own) + [0] * (width - len(own)) for own in tokens])
        with torch.inference_mode():
            states = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
            means = (states * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return np.asarray(means.numpy(), np.float32)


def _model(package: Package) -> BertModel:
    shape = package.shape
    config = BertConfig(
        vocab_size=shape.words, hidden_size=shape.width, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, intermediate_size=shape.inner, max_position_embeddings=shape.positions,
        type_vocab_size=1, layer_norm_eps=shape.epsilon,
    )  # fmt: skip
    model: BertModel = BertModel(config, add_pooling_layer=False)
    torch.nn.Module.eval(model)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.tensor(_tensor(package, name, tuple(parameter.shape))))
    return model


def _tensor(package: Package, name: str, form: tuple[int, ...]) -> Vectors:
    if name.startswith("embeddings"):
        part = name.split(".")[1]
        if part == "word_embeddings":
            return package.matrix("emb.word", *form)
        if part == "LayerNorm":
            return package.floats(f"emb.ln.{name[-6]}" if name.endswith("weight") else "emb.ln.b").reshape(form)
        own = package.floats("emb.pos" if part == "position_embeddings" else "emb.type")
        return own[: int(np.prod(form))].reshape(form)
    _, _, layer, *rest, kind = name.split(".")
    ours = f"l{layer}.{_PARTS['.'.join(rest)]}.{kind[0]}"
    is_matrix = kind == "weight" and not rest[-1].startswith("LayerNorm")
    return package.matrix(ours, *form) if is_matrix else package.floats(ours).reshape(form)
