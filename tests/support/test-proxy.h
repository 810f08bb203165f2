/* test-proxy.h: a proxy on loopback that speaks HTTP (also CONNECT) and SOCKS 5.
 *
 * It tells the two apart by the first byte. Made and stopped by one thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TestProxy TestProxy;

/**
 * test_proxy_start:
 * @user: (nullable): and @password: asked for where given
 * @certificate: (nullable): it is itself spoken to over TLS
 */
TestProxy *test_proxy_start (const char *user, const char *password, GTlsCertificate *certificate);
void test_proxy_stop (TestProxy *self);

int test_proxy_get_port (TestProxy *self);

/**
 * test_proxy_refuse:
 * @status: (nullable): a code and a reason with which every request is answered from now on (the
 * caller keeps it until the proxy is stopped); `silent`: none is answered; %NULL: as usual
 */
void test_proxy_refuse (TestProxy *self, const char *status);

/** test_proxy_count_asked: Returns: requests that have come, answered or not */
int test_proxy_count_asked (TestProxy *self);

/** test_proxy_count: Returns: connections that it has passed on */
int test_proxy_count (TestProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestProxy, test_proxy_stop)

G_END_DECLS
