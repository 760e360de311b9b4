# syntax=docker/dockerfile:1
# Motown as an image: one program with all roles, on Node alone. Build it from this folder:
#   docker build -t motown:0.1.0 .
# What it holds, how large it is, and how to run it: deploy/README.md.
ARG NODE_IMAGE=node:26-slim

# The program: production packages, and the sources, which Node runs as they are. The packages that
# bring a Node of their own are optional ones; the image has its Node from the official image.
FROM ${NODE_IMAGE} AS program
WORKDIR /opt/motown
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error
COPY LICENSE ./
COPY deploy/docker ./deploy/docker
COPY src ./src

# The console: built here, with packages that the program does not need.
FROM ${NODE_IMAGE} AS console
WORKDIR /opt/motown
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY tools ./tools
COPY console ./console
RUN node tools/console.mjs

# What it runs on: Node, the shared libraries that Node asks for, and nothing else. No shell, no
# package manager, no npm: nothing to be kept up to date but Node and glibc.
FROM ${NODE_IMAGE} AS ground
RUN mkdir -p /image/etc /image/etc/motown /image/usr/local/bin /image/opt \
 && cp --parents --dereference $(ldd /usr/local/bin/node | grep -o '/[^ ]*') /image/ \
 && cp /usr/local/bin/node /image/usr/local/bin/node \
 && printf 'hosts: files dns\n' > /image/etc/nsswitch.conf \
 && printf 'motown:x:10001:10001:Motown:/var/lib/motown:/nonexistent\n' > /image/etc/passwd \
 && printf 'motown:x:10001:\n' > /image/etc/group \
 && mkdir -p -m 1777 /image/tmp \
 && mkdir -p /image/var/lib/motown \
 && chown 10001:10001 /image/var/lib/motown \
 && chmod 0700 /image/var/lib/motown
COPY --from=program --chmod=0755 /opt/motown/deploy/docker/motown.mjs /image/usr/local/bin/motown
# The image must not be built at all where a library is missing.
RUN chroot /image /usr/local/bin/node --version

FROM scratch
LABEL org.opencontainers.image.title="Motown" \
      org.opencontainers.image.description="Runs networks of EV charging stations (CSMS)" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=ground /image /
COPY --from=program /opt/motown /opt/motown
COPY --from=console /opt/motown/console/dist /opt/motown/console/dist
ENV PATH=/usr/local/bin \
    NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/node-compile-cache \
    MOTOWN_DATA_DIR=/var/lib/motown \
    MOTOWN_LOG_FORMAT=json
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
# A configuration file is found here: /etc/motown/motown.config.json.
WORKDIR /etc/motown
VOLUME /var/lib/motown
EXPOSE 8080
# Draining takes up to `drainMs` (10 s by default) and some seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["/usr/local/bin/node", "/opt/motown/deploy/docker/health.mjs"]
ENTRYPOINT ["/usr/local/bin/node", "--min-semi-space-size=16", "/opt/motown/src/cli/main.ts"]
CMD ["serve"]
