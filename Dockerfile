# Madoguchi in a container: built in one stage, run in another by a user without rights. State lives in /var/lib/madoguchi.
#   docker build -t madoguchi --build-arg TORCH_INDEX=<URL of PyTorch's CPU wheels, as its install page shows> .
# First let somebody in (beyond loopback the web desk serves only once it knows an account), then run it:
#   docker run --rm -v madoguchi:/var/lib/madoguchi madoguchi madoguchi account invite --login admin --name 運用担当 --role operator
#   docker run -p 127.0.0.1:8080:8080 -v madoguchi:/var/lib/madoguchi --env-file .env madoguchi

FROM python:3.11-slim AS build
# Without it PyPI's torch brings gigabytes of CUDA that nothing here uses.
ARG TORCH_INDEX=""
# A language model's provider, where one is wanted (docs/llm.md): openai, anthropic or google.
ARG EXTRAS=""
WORKDIR /src
RUN python -m venv /opt/madoguchi
COPY constraints.txt ./
RUN /opt/madoguchi/bin/pip install --no-cache-dir --constraint constraints.txt ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch==2.13.0
COPY . .
RUN /opt/madoguchi/bin/pip install --no-cache-dir --constraint constraints.txt ".${EXTRAS:+[$EXTRAS]}"

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/madoguchi --create-home madoguchi
COPY --from=build /opt/madoguchi /opt/madoguchi
COPY materials/files /opt/madoguchi/materials/files
COPY materials/catalogue.csv /opt/madoguchi/materials/
ENV PATH=/opt/madoguchi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MADOGUCHI_HOME=/var/lib/madoguchi \
    MADOGUCHI_HOST=0.0.0.0
USER madoguchi
VOLUME /var/lib/madoguchi
EXPOSE 8080 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
CMD ["madoguchi", "run", "--materials", "/opt/madoguchi/materials/files"]
