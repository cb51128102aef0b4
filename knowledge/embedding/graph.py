"""The model's network as an ONNX graph: embedded words in, the states of its last layer out.

Weights are in 8 bits (of which 7 are used: more overflow on processors without VNNI), inputs of each product are
quantised as they come. The products of which that costs most, those from the inner layer out, stay in full precision.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from knowledge.embedding.package import Floats, Package

EXACT = frozenset({"fo"})
LARGEST = 63
OURS = "com.microsoft"  # where ONNX Runtime keeps its fused operations


def network(package: Package) -> ModelProto:
    """`words` (batch, length, width) and `mask` (batch, length; 1 where a word stands) in, `states` as `words` out."""
    drawing = _Drawing(package)
    state = drawing.normed("LayerNormalization", ["words"], "emb.ln", "")
    for layer in range(package.shape.layers):
        state = drawing.layer(state, f"l{layer}.")
    drawing.node("Identity", [state], "states")
    form: list[str | int | None] = ["batch", "length", package.shape.width]
    graph = helper.make_graph(
        drawing.nodes,
        "e5",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, form),
            helper.make_tensor_value_info("mask", TensorProto.INT32, form[:2]),
        ],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, form)],
        drawing.tensors,
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(OURS, 1)], ir_version=10
    )


@dataclass(slots=True)
class _Drawing:
    package: Package
    nodes: list[NodeProto] = field(default_factory=list)
    tensors: list[TensorProto] = field(default_factory=list)

    def layer(self, state: str, at: str) -> str:
        shape = self.package.shape
        width, inner = shape.width, shape.inner
        query, key, value = (self.product(state, f"{at}{part}", width, width) for part in "qkv")
        seen = [query, key, value, "", "mask"]
        context = self.node("MultiHeadAttention", seen, f"{at}context", OURS, num_heads=shape.heads)
        attended = self.product(context, f"{at}ao", width, width)
        state = self.normed("SkipLayerNormalization", [attended, state], f"{at}aln", OURS)
        widened = self.node("Gelu", [self.product(state, f"{at}fi", inner, width)], f"{at}gelu")
        return self.normed(
            "SkipLayerNormalization", [self.product(widened, f"{at}fo", width, inner), state], f"{at}oln", OURS
        )

    def product(self, given: str, name: str, rows: int, columns: int) -> str:
        weights = self.package.matrix(f"{name}.w", rows, columns)
        bias = self.tensor(f"{name}.b", self.package.floats(f"{name}.b"))
        if name.rsplit(".", maxsplit=1)[-1] in EXACT:
            product = self.node("MatMul", [given, self.tensor(f"{name}.w", weights.T)], f"{name}.product")
            return self.node("Add", [product, bias], f"{name}.out")
        scales = np.abs(weights).max(axis=1) / LARGEST
        rounded = np.round(weights / scales[:, None]).astype(np.int8)
        tensors = [
            self.tensor(f"{name}.w", rounded.T),
            self.tensor(f"{name}.scales", scales.astype(np.float32)),
            self.tensor(f"{name}.zeros", np.zeros(rows, np.int8)),
        ]
        return self.node("DynamicQuantizeMatMul", [given, *tensors, bias], f"{name}.out", OURS)

    def normed(self, operation: str, given: list[str], name: str, domain: str) -> str:
        tensors = [self.tensor(f"{name}.{part}", self.package.floats(f"{name}.{part}")) for part in "wb"]
        epsilon = self.package.shape.epsilon
        return self.node(operation, [*given, *tensors], f"{name}.out", domain, epsilon=epsilon)

    def tensor(self, name: str, values: Floats | np.ndarray[Any, Any]) -> str:
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operation: str, given: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operation, given, [name], domain=domain, **attributes))
        return name
