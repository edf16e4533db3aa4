# One image for migrations, worker, api and, in the profile `sandbox`, the sandbox. Whoever deploys it pins the base image's
# digest as well, which only their registry can vouch for.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The repository is not in the image: `--build-arg COMMIT=$(git rev-parse HEAD)`.
ARG COMMIT
RUN npm run build:miniapp && npm run build:console && npm run build && npm prune --omit=dev
# Of the fonts' weights, documents have two.
RUN find node_modules/@expo-google-fonts -name '*.ttf*' ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' -delete

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production TZ=Asia/Shanghai
# Rare characters in documents.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-hanazono && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/miniapp/dist/h5 miniapp/dist/h5
COPY --from=build /app/console/dist/pages console/dist/pages
COPY package.json ./
COPY samples samples
# What runs can write nothing of what it runs.
USER node
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
