"""views.*, assistant.threads.*, agents.sessions.*, reactions.*: what the bot shows besides messages."""

import time
from typing import Any

from .api import Asked, Method, Refused
from .blocks import view_problems
from .shapes import view_json, with_ids
from .world import TRIGGER_LIFE_S, Json, View, World

PUSH_DEPTH = 3
SESSION_STATES = frozenset({"processing", "active", "suspended", "closed"})


def open_view(asked: Asked) -> Json:
    body = accepted(asked.world, "views.open", asked.parsed("view"))
    if any((block.get("element") or {}).get("type") == "file_input" for block in body["blocks"]):
        asked.need("files:read")  # docs.slack.dev/reference/block-kit/block-elements/file-input-element
    user = _triggered(asked, "views.open")
    view = new_view(asked, user, body)
    asked.world.modals[user] = [view]
    return {"view": view_json(view, asked.team.bot_id)}


def push_view(asked: Asked) -> Json:
    body = accepted(asked.world, "views.push", asked.parsed("view"))
    user = _triggered(asked, "views.push")
    stack = asked.world.modals.get(user, [])
    if not stack or len(stack) >= PUSH_DEPTH:
        raise Refused("push_limit_reached" if stack else "view_not_found")
    stack.append(new_view(asked, user, body))
    return {"view": view_json(stack[-1], asked.team.bot_id)}


def update_view(asked: Asked) -> Json:
    body = accepted(asked.world, "views.update", asked.parsed("view"))
    view = _existing(asked)
    if asked.text("hash") and asked.text("hash") != view.hash:
        raise Refused("hash_conflict")
    view.body, view.hash = named(asked.world, body), asked.world.fresh("hash")
    return {"view": view_json(view, asked.team.bot_id)}


def publish(asked: Asked) -> Json:
    user = asked.text("user_id")
    body = accepted(asked.world, "views.publish", asked.parsed("view"))
    if user not in asked.world.users:
        raise Refused("invalid_arguments")
    old = asked.world.homes.get(user)
    if old is not None and asked.text("hash") and asked.text("hash") != old.hash:
        raise Refused("hash_conflict")
    view = new_view(asked, user, body)
    asked.world.homes[user] = view
    return {"view": view_json(view, asked.team.bot_id)}


def set_status(asked: Asked) -> Json:
    messages = asked.parsed("loading_messages") or []
    if len(messages) > 10:
        asked.world.violations.append("assistant.threads.setStatus: more than 10 loading messages")
        raise Refused("invalid_arguments")
    asked.channel("channel_id")
    asked.world.statuses.append({"method": "assistant.threads.setStatus", **asked.args})
    return {}


def set_title(asked: Asked) -> Json:
    asked.channel("channel_id")
    asked.world.statuses.append({"method": "assistant.threads.setTitle", **asked.args})
    return {}


def set_prompts(asked: Asked) -> Json:
    prompts: Any = asked.parsed("prompts")
    asked.channel("channel_id")
    if (
        not isinstance(prompts, list)
        or not 1 <= len(prompts) <= 4
        or not all({"title", "message"} <= p.keys() for p in prompts)
    ):
        asked.world.violations.append("assistant.threads.setSuggestedPrompts: one to four prompts of title and message")
        raise Refused("invalid_arguments")
    asked.world.statuses.append({"method": "assistant.threads.setSuggestedPrompts", **asked.args})
    return {}


def set_session(asked: Asked) -> Json:
    asked.channel("channel_id")
    if asked.text("status") not in SESSION_STATES:
        asked.world.violations.append(f"agents.sessions.setStatus: {asked.text('status')}")
        raise Refused("invalid_arguments")
    asked.world.statuses.append({"method": "agents.sessions.setStatus", **asked.args})
    return {}


def rename_session(asked: Asked) -> Json:
    asked.channel("channel_id")
    asked.world.statuses.append({"method": "agents.sessions.rename", **asked.args})
    return {}


def react(asked: Asked) -> Json:
    message = asked.world.find(asked.joined().id, asked.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    if asked.text("name") in message.reactions:
        raise Refused("already_reacted")
    message.reactions.add(asked.text("name"))
    return {}


def unreact(asked: Asked) -> Json:
    message = asked.world.find(asked.joined().id, asked.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    if asked.text("name") not in message.reactions:
        raise Refused("no_reaction")
    message.reactions.discard(asked.text("name"))
    return {}


def accepted(world: World, method: str, body: Any) -> Json:
    """A view that Slack accepts. Raises Refused, and notes a violation, where it would not."""
    problems = view_problems(body)
    if problems:
        world.violations.extend(f"{method}: {problem}" for problem in problems)
        raise Refused("invalid_arguments", response_metadata={"messages": problems})
    checked: Json = body
    return checked


def new_view(asked: Asked, user: str, body: Json) -> View:
    world = asked.world
    trigger = asked.text("trigger_id") or None
    return View(world.fresh("V"), asked.team.id, user, world.fresh("hash"), named(world, body), trigger)


def named(world: World, body: Json) -> Json:
    return {**body, "blocks": with_ids(world, body["blocks"])}


def _triggered(asked: Asked, method: str) -> str:
    """The user behind a trigger, which works once and for three seconds."""
    trigger = asked.world.triggers.get(asked.text("trigger_id"))
    if trigger is None:
        asked.world.violations.append(f"{method}: invalid_trigger_id")
        raise Refused("invalid_trigger_id")
    if trigger.team != asked.team.id:
        asked.world.violations.append(f"{method}: a trigger of {trigger.team} with a token of {asked.team.id}")
        raise Refused("invalid_trigger_id")
    if trigger.used or time.monotonic() - trigger.born > TRIGGER_LIFE_S:
        error = "exchanged_trigger_id" if trigger.used else "expired_trigger_id"
        asked.world.violations.append(f"{method}: {error}")
        raise Refused(error)
    trigger.used = True
    return trigger.user


def _existing(asked: Asked) -> View:
    views = [view for stack in asked.world.modals.values() for view in stack] + list(asked.world.homes.values())
    for view in views:
        named = asked.text("external_id") and view.body.get("external_id") == asked.text("external_id")
        if view.team == asked.team.id and (view.id == asked.text("view_id") or named):
            return view
    raise Refused("not_found")


ASSISTANT = ("assistant:write", "chat:write")
METHODS = {
    "views.open": Method(open_view, ("view", "trigger_id")),
    "views.push": Method(push_view, ("view", "trigger_id")),
    "views.update": Method(update_view, ("view",)),
    "views.publish": Method(publish, ("user_id", "view")),
    "assistant.threads.setStatus": Method(set_status, ("channel_id", "thread_ts"), ASSISTANT),
    "assistant.threads.setTitle": Method(set_title, ("channel_id", "thread_ts", "title"), ASSISTANT[:1]),
    "assistant.threads.setSuggestedPrompts": Method(set_prompts, ("channel_id", "prompts"), ASSISTANT[:1]),
    "agents.sessions.setStatus": Method(set_session, ("channel_id", "status"), ASSISTANT),
    "agents.sessions.rename": Method(rename_session, ("channel_id", "title"), ASSISTANT),
    "reactions.add": Method(react, ("channel", "name", "timestamp"), ("reactions:write",)),
    "reactions.remove": Method(unreact, ("channel", "name", "timestamp"), ("reactions:write",)),
}
