# The base is pinned, both times. Renew it: docker buildx imagetools inspect python:3.13-slim --format '{{.Manifest.Digest}}'
# Stage 1: the locked dependencies, then the wheel, in a virtual environment of their own.
FROM python:3.13-slim@sha256:70729b46c69b4f1e97c4822c1af3df53a1476cf5ddc6c087c0c10bc3a5678c2f AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv --without-pip /opt/quizbot
COPY requirements.lock ./
RUN pip --python /opt/quizbot/bin/python install --require-hashes -r requirements.lock
COPY . .
RUN pip --python /opt/quizbot/bin/python wheel --no-deps --no-build-isolation --wheel-dir /dist . \
 && pip --python /opt/quizbot/bin/python install --no-deps /dist/quizbot-*.whl \
 && pip --python /opt/quizbot/bin/python uninstall --yes hatchling editables pathspec pluggy trove-classifiers

# Stage 2: that environment, and nothing else.
FROM python:3.13-slim@sha256:70729b46c69b4f1e97c4822c1af3df53a1476cf5ddc6c087c0c10bc3a5678c2f
RUN useradd --system --uid 10001 --home-dir /var/lib/quizbot --create-home quizbot
COPY --from=build /opt/quizbot /opt/quizbot
ENV PATH=/opt/quizbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    QUIZBOT_DATABASE_URL=sqlite+aiosqlite:////var/lib/quizbot/quizbot.db \
    QUIZBOT_VAR_DIR=/var/lib/quizbot \
    QUIZBOT_WEB_HOST=0.0.0.0 \
    QUIZBOT_WEB_PORT=8080 \
    QUIZBOT_ZONE=UTC
# A host that others can reach needs a secret: docker run -e QUIZBOT_WEB_SECRET=… (16 characters or more).
USER quizbot
WORKDIR /var/lib/quizbot
VOLUME /var/lib/quizbot
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"QUIZBOT_WEB_PORT\"]}/healthz', timeout=4)"]
CMD ["quizbot", "run"]
