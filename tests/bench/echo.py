"""The peer of the graph route: the least that FastAPI does for a request with a model, in and out."""

from fastapi import FastAPI

from app.schemas import GraphRequest


def create_app() -> FastAPI:
    """An application that answers with what it was sent."""
    app = FastAPI()

    @app.post("/api/v1/graph")
    async def echo(program: GraphRequest) -> GraphRequest:
        return program

    return app
