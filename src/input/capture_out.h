/*
 * capture_out.h - packets written as capture files: pcap where one link type does, else pcapng.
 *
 * Each function appends one header, record or block in the byte order of this machine, times in microseconds. Whoever calls
 * keeps the order that the format asks for; the writer's errors stick in the struct out.
 */
#ifndef HTTPLINT_INPUT_CAPTURE_OUT_H
#define HTTPLINT_INPUT_CAPTURE_OUT_H

#include "base/out.h"
#include "httplint.h"

/* pcap: first the header, then records. Octets that a record takes: 16 and those captured. */
void capture_out_header(struct out *, int link, uint32_t snaplen);
void capture_out_record(struct out *, const struct httplint_packet *);

/* pcapng: a section, in it interfaces (numbered from 0 as they come), each before its packets. An empty text: no option. */
void capture_out_section(struct out *, struct text comment);
void capture_out_interface(struct out *, int link, uint32_t snaplen, struct text name);
void capture_out_packet(struct out *, uint32_t interface, const struct httplint_packet *, struct text comment);

#endif
