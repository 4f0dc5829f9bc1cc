FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
# The build fetches its own node, as a wheel; nothing of it reaches the image below.
ARG EXTRAS=postgresql,redis
RUN python -m venv /opt/playground && /opt/playground/bin/pip install --no-cache-dir ".[$EXTRAS]"

FROM python:3.13-slim
COPY --from=build /opt/playground /opt/playground
RUN useradd --system playground && install --directory --owner=playground /data
USER playground
ENV PATH="/opt/playground/bin:$PATH" AUTOGRAD_LINKS="sqlite:////data/links.db"
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["autograd-playground", "serve", "--host", "0.0.0.0", "--port", "8000"]
