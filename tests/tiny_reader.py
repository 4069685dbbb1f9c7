"""An encoder small enough to train in seconds, with the real word pieces, and groups that it can learn."""

import json
from pathlib import Path

from index.model_files import find_model
from index.settings import DEFAULT_MODEL
from qa.training.examples import Group, TrainingPassage, write_groups

TEXT = "Qatar and Turkey mediated the talks in Istanbul on October 19 after clashes that killed dozens."
SIZE = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 128}


def write_mpnet(folder: Path) -> Path:
    """A tiny MPNet with random weights, and BERT's word pieces behind its own four special tokens."""
    import torch
    from safetensors.torch import save_file
    from transformers import MPNetConfig, MPNetModel

    torch.manual_seed(0)
    config = MPNetConfig(**SIZE)
    config.save_pretrained(folder)
    save_file(MPNetModel(config, add_pooling_layer=False).state_dict(), folder / "model.safetensors")
    tokenizer = json.loads((find_model(DEFAULT_MODEL).folder / "tokenizer.json").read_text(encoding="utf-8"))
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = tokenizer["model"]["vocab"]
    vocabulary = {piece: place for place, piece in enumerate(special)}
    tokenizer["model"]["vocab"] = vocabulary | {piece: place + len(special) for piece, place in pieces.items()}
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    tokenizer["added_tokens"] = [{"id": place, "content": one, **flags} for one, place in vocabulary.items()]
    tokenizer["post_processor"] = {
        "type": "RobertaProcessing",
        "sep": ["</s>", 2],
        "cls": ["<s>", 0],
        "trim_offsets": True,
        "add_prefix_space": False,
    }
    tokenizer["padding"] = tokenizer["truncation"] = None
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder


def write_tiny_groups(folder: Path) -> Path:
    """Three questions on one sentence, each once to learn and once to be asked."""
    asked = {"Who mediated?": "Qatar and Turkey", "Where?": "Istanbul", "When?": "October 19"}
    path = folder / "groups.jsonl"
    write_groups(path, (_group(question, words, part) for question, words in asked.items() for part in (False, True)))
    return path


def _group(question: str, words: str, validation: bool) -> Group:
    start = TEXT.index(words)
    answers = TrainingPassage(text=TEXT, spans=((start, start + len(words)),))
    other = TrainingPassage(text="Football was played on Sunday by nobody in particular.")
    name = f"{question}/{validation}"
    return Group(id=name, source="made", question=question, validation=validation, passages=(answers, other))
