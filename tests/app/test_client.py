"""The API as a Python client sees it that speaks to the application itself."""

import asyncio

import httpx

from app.main import create_app


def test_an_asynchronous_client_gets_many_answers_at_once() -> None:
    paths = ["/healthz", "/api/v1/ops", "/api/v1/examples", "/api/v1/limits", "/api/openapi.json"]

    async def scenario() -> list[httpx.Response]:
        transport = httpx.ASGITransport(create_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await asyncio.gather(*(client.get(path) for path in paths))

    answers = asyncio.run(scenario())
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    assert all(answer.json() for answer in answers[1:])
